window.YTD.lists_subscribed.part0 = [
  {
    "userListInfo" : {
      "urls" : [
        "https://twitter.com/ville_verte/lists/elus",
        "https://twitter.com/i/lists/140000"
      ]
    }
  }
]
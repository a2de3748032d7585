window.YTD.lists_created.part0 = [
  {
    "userListInfo" : {
      "url" : "https://twitter.com/jo_exemple/lists/velo"
    }
  }
]
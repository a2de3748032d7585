window.YTD.block.part0 = [
  {
    "blocking" : {
      "accountId" : "2009",
      "userLink" : "https://twitter.com/intent/user?user_id=2009"
    }
  }
]
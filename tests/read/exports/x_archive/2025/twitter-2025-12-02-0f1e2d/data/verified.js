window.YTD.verified.part0 = [
  {
    "verified" : {
      "accountId" : "1200000000000000001",
      "verified" : false
    }
  }
]
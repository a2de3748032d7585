window.YTD.user_link_clicks.part0 = [
  {
    "userInteractionsData" : {
      "linkClick" : {
        "tweetId" : "1995700000000000000",
        "finalUrl" : "https://journal.example/tram",
        "timeStampOfInteraction" : "2025-12-01T20:00:00.000Z"
      }
    }
  }
]
window.YTD.like.part0 = [
  {
    "like" : {
      "tweetId" : "1995700000000000000",
      "fullText" : "Un beau tram #tram",
      "expandedUrl" : "https://twitter.com/i/web/status/1995700000000000000"
    }
  },
  {
    "like" : {
      "tweetId" : "1200000000000000",
      "expandedUrl" : "https://twitter.com/i/web/status/1200000000000000"
    }
  },
  {
    "like" : {
      "tweetId" : "1995100000000000000",
      "fullText" : "Deux &lt; trois",
      "expandedUrl" : "https://twitter.com/i/web/status/1995100000000000000"
    }
  }
]
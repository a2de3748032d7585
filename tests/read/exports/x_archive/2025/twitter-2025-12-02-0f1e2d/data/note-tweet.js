window.YTD.note_tweet.part0 = [
  {
    "noteTweet" : {
      "noteTweetId" : "1995300000000000001",
      "createdAt" : "2025-12-01T01:12:43.000Z",
      "core" : {
        "text" : "Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville.",
        "urls" : [],
        "mentions" : [],
        "hashtags" : []
      }
    }
  }
]
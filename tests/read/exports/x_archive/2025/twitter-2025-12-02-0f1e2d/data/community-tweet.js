window.YTD.community_tweet.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1940000000000000000"
          ],
          "editableUntil" : "2025-12-02T07:23:48.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"https://example.org\" rel=\"nofollow\">Web</a>",
      "entities" : {
        "hashtags" : [],
        "symbols" : [],
        "user_mentions" : [],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "21"
      ],
      "favorite_count" : "0",
      "id_str" : "1940000000000000000",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1940000000000000000",
      "created_at" : "Tue Jul 01 08:54:54 +0000 2025",
      "favorited" : false,
      "full_text" : "Bonjour la communauté",
      "lang" : "fr",
      "community_id_str" : "1400",
      "community_id" : "1400"
    }
  }
]
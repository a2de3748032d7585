window.YTD.deleted_tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1950000000000000000"
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
        "25"
      ],
      "favorite_count" : "0",
      "id_str" : "1950000000000000000",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1950000000000000000",
      "created_at" : "Mon Jul 28 23:10:30 +0000 2025",
      "favorited" : false,
      "full_text" : "Message que j’ai regretté",
      "lang" : "fr",
      "deleted_at" : "Tue Jul 29 08:00:00 +0000 2025"
    }
  }
]
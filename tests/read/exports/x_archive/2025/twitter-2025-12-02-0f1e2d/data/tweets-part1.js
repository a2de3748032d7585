window.YTD.tweets.part1 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1990000000000000000"
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
        "35"
      ],
      "favorite_count" : "0",
      "id_str" : "1990000000000000000",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1990000000000000000",
      "created_at" : "Sun Nov 16 10:12:52 +0000 2025",
      "favorited" : false,
      "full_text" : "Mon jardin ce matin https://t.co/p1",
      "lang" : "fr"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1980000000000000000"
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
      "id_str" : "1980000000000000000",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1980000000000000000",
      "created_at" : "Mon Jan 06 11:21:04 +0000 1997",
      "favorited" : false,
      "full_text" : "Une date qui n’existe pas",
      "lang" : "fr"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1970000000000000000"
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
        "user_mentions" : [
          {
            "name" : "Parti X",
            "screen_name" : "parti_x",
            "indices" : [
              "3",
              "11"
            ],
            "id_str" : "2003",
            "id" : "2003"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "21"
      ],
      "favorite_count" : "0",
      "id_str" : "1970000000000000000",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1970000000000000000",
      "created_at" : "Mon Sep 22 05:41:41 +0000 2025",
      "favorited" : false,
      "full_text" : "RT @parti_x: Signez !",
      "lang" : "fr"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1960000000000000000"
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
        "urls" : [
          {
            "url" : "https://t.co/a1",
            "expanded_url" : "https://journal.example/article?id=1&x=2",
            "display_url" : "journal.example/articl",
            "indices" : [
              "10",
              "33"
            ]
          }
        ]
      },
      "display_text_range" : [
        "0",
        "22"
      ],
      "favorite_count" : "2",
      "id_str" : "1960000000000000000",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1960000000000000000",
      "created_at" : "Mon Aug 25 15:26:06 +0000 2025",
      "favorited" : false,
      "full_text" : "À lire https://t.co/a1",
      "lang" : "fr"
    }
  }
]
window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1995703198255059044"
          ],
          "editableUntil" : "2025-12-02T07:23:48.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"https://example.org\" rel=\"nofollow\">Web</a>",
      "entities" : {
        "hashtags" : [
          {
            "text" : "PlanVélo",
            "indices" : [
              "1",
              "2"
            ]
          }
        ],
        "symbols" : [],
        "user_mentions" : [
          {
            "name" : "Ville Verte",
            "screen_name" : "ville_verte",
            "indices" : [
              "3",
              "15"
            ],
            "id_str" : "2001",
            "id" : "2001"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "137"
      ],
      "favorite_count" : "0",
      "id_str" : "1995703198255059044",
      "truncated" : false,
      "retweet_count" : "120",
      "id" : "1995703198255059044",
      "created_at" : "Tue Dec 02 03:54:55 +0000 2025",
      "favorited" : false,
      "full_text" : "RT @ville_verte: Le plan vélo est voté &amp; financé : 40 km de pistes d’ici trois ans, et une consultation des habitants dès le mois de…",
      "lang" : "fr"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1995600000000000000"
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
            "name" : "Ville Verte",
            "screen_name" : "ville_verte",
            "indices" : [
              "8",
              "20"
            ],
            "id_str" : "2001",
            "id" : "2001"
          }
        ],
        "urls" : [
          {
            "url" : "https://t.co/a1",
            "expanded_url" : "https://twitter.com/ville_verte/status/1995500000000000000",
            "display_url" : "twitter.com/ville_vert",
            "indices" : [
              "10",
              "33"
            ]
          }
        ]
      },
      "display_text_range" : [
        "0",
        "38"
      ],
      "favorite_count" : "12",
      "id_str" : "1995600000000000000",
      "truncated" : false,
      "retweet_count" : "3",
      "id" : "1995600000000000000",
      "created_at" : "Mon Dec 01 21:04:51 +0000 2025",
      "favorited" : false,
      "full_text" : "Bravo à @ville_verte ! https://t.co/a1",
      "lang" : "fr"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1995500000000000010"
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
            "name" : "Ana B.",
            "screen_name" : "ana_b",
            "indices" : [
              "0",
              "6"
            ],
            "id_str" : "2002",
            "id" : "2002"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "24"
      ],
      "favorite_count" : "1",
      "id_str" : "1995500000000000010",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1995500000000000010",
      "created_at" : "Mon Dec 01 14:27:28 +0000 2025",
      "favorited" : false,
      "full_text" : "@ana_b Oui, et le tram ?",
      "lang" : "fr",
      "in_reply_to_status_id_str" : "1995490000000000000",
      "in_reply_to_user_id" : "2002",
      "in_reply_to_status_id" : "1995490000000000000",
      "in_reply_to_screen_name" : "ana_b",
      "in_reply_to_user_id_str" : "2002"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1995400000000000000"
          ],
          "editableUntil" : "2025-12-02T07:23:48.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"https://example.org\" rel=\"nofollow\">Web</a>",
      "entities" : {
        "hashtags" : [
          {
            "text" : "vélo",
            "indices" : [
              "1",
              "2"
            ]
          }
        ],
        "symbols" : [],
        "user_mentions" : [],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "28"
      ],
      "favorite_count" : "0",
      "id_str" : "1995400000000000000",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1995400000000000000",
      "created_at" : "Mon Dec 01 07:50:06 +0000 2025",
      "favorited" : false,
      "full_text" : "Suite de mon fil, avec #vélo",
      "lang" : "fr",
      "in_reply_to_status_id_str" : "1995300000000000000",
      "in_reply_to_user_id" : "1200000000000000001",
      "in_reply_to_status_id" : "1995300000000000000",
      "in_reply_to_screen_name" : "jo_exemple",
      "in_reply_to_user_id_str" : "1200000000000000001"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1995300000000000000"
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
            "url" : "https://t.co/long",
            "expanded_url" : "https://twitter.com/i/web/status/1995300000000000000",
            "display_url" : "twitter.com/i/web/stat",
            "indices" : [
              "10",
              "33"
            ]
          }
        ]
      },
      "display_text_range" : [
        "0",
        "289"
      ],
      "favorite_count" : "0",
      "id_str" : "1995300000000000000",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1995300000000000000",
      "created_at" : "Mon Dec 01 01:12:43 +0000 2025",
      "favorited" : false,
      "full_text" : "Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue réflexion sur la place du vélo en ville. Une longue… https://t.co/long",
      "lang" : "fr"
    }
  }
]
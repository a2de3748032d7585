Grailbird.data.tweets_2016_11 = 
 [ {
  "source" : "web",
  "entities" : {
    "user_mentions" : [ {
      "name" : "Ville",
      "screen_name" : "ville_verte",
      "indices" : [ 3, 15 ],
      "id_str" : "2001",
      "id" : 2001
    } ],
    "media" : [  ],
    "hashtags" : [  ],
    "urls" : [  ]
  },
  "geo" : { },
  "id_str" : "800000000000000009",
  "text" : "RT @ville_verte: Le texte entier de la ville, qui ne se coupe…",
  "retweeted_status" : {
    "source" : "web",
    "entities" : {
      "user_mentions" : [  ],
      "media" : [  ],
      "hashtags" : [  ],
      "urls" : [  ]
    },
    "geo" : { },
    "id_str" : "800000000000000001",
    "text" : "Le texte entier de la ville, qui ne se coupe pas, avec tous ses mots jusqu’au dernier",
    "id" : 800000000000000001,
    "created_at" : "2016-11-19 10:00:00 +0000",
    "user" : {
      "name" : "Ville",
      "screen_name" : "ville_verte",
      "protected" : false,
      "id_str" : "2001",
      "profile_image_url_https" : "https://example.org/a.png",
      "id" : 2001,
      "verified" : false
    }
  },
  "id" : 800000000000000009,
  "created_at" : "2016-11-19 12:00:00 +0000",
  "user" : {
    "name" : "Lou",
    "screen_name" : "lou_exemple",
    "protected" : false,
    "id_str" : "400",
    "profile_image_url_https" : "https://example.org/a.png",
    "id" : 400,
    "verified" : false
  }
}, {
  "source" : "web",
  "entities" : {
    "user_mentions" : [ {
      "name" : "Ana",
      "screen_name" : "ana_b",
      "indices" : [ 0, 6 ],
      "id_str" : "2002",
      "id" : 2002
    } ],
    "media" : [  ],
    "hashtags" : [  ],
    "urls" : [  ]
  },
  "geo" : { },
  "id_str" : "799000000000000000",
  "text" : "@ana_b merci",
  "in_reply_to_status_id" : 798000000000000000,
  "in_reply_to_status_id_str" : "798000000000000000",
  "in_reply_to_user_id" : 2002,
  "in_reply_to_user_id_str" : "2002",
  "in_reply_to_screen_name" : "ana_b",
  "id" : 799000000000000000,
  "created_at" : "2016-11-16 18:00:00 +0000",
  "user" : {
    "name" : "Lou",
    "screen_name" : "lou_exemple",
    "protected" : false,
    "id_str" : "400",
    "profile_image_url_https" : "https://example.org/a.png",
    "id" : 400,
    "verified" : false
  }
} ]
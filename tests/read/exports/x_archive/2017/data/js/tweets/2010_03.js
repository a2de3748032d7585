Grailbird.data.tweets_2010_03 = 
 [ {
  "source" : "web",
  "entities" : {
    "user_mentions" : [  ],
    "media" : [  ],
    "hashtags" : [ {
      "text" : "Vieux",
      "indices" : [ 0, 5 ]
    } ],
    "urls" : [  ]
  },
  "geo" : { },
  "id_str" : "10000000001",
  "text" : "Un vieux message",
  "id" : 10000000001,
  "created_at" : "2010-03-05 00:00:00 +0000",
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
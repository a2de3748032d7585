window.YTD.tweet.part0 = [ {
  "edit_info" : {
    "initial" : {
      "editTweetIds" : [ "1180000000000000000" ],
      "editableUntil" : "2025-12-02T07:23:48.000Z",
      "editsRemaining" : "5",
      "isEditEligible" : false
    }
  },
  "retweeted" : false,
  "source" : "<a href=\"https://example.org\" rel=\"nofollow\">Web</a>",
  "entities" : {
    "hashtags" : [ {
      "text" : "Essai",
      "indices" : [ "1", "2" ]
    } ],
    "symbols" : [  ],
    "user_mentions" : [  ],
    "urls" : [  ]
  },
  "display_text_range" : [ "0", "17" ],
  "favorite_count" : "4",
  "id_str" : "1180000000000000000",
  "truncated" : false,
  "retweet_count" : "0",
  "id" : "1180000000000000000",
  "created_at" : "Fri Oct 04 05:30:00 +0000 2019",
  "favorited" : false,
  "full_text" : "Premier brouillon",
  "lang" : "fr"
}, {
  "edit_info" : {
    "initial" : {
      "editTweetIds" : [ "1170000000000000000" ],
      "editableUntil" : "2025-12-02T07:23:48.000Z",
      "editsRemaining" : "5",
      "isEditEligible" : false
    }
  },
  "retweeted" : false,
  "source" : "<a href=\"https://example.org\" rel=\"nofollow\">Web</a>",
  "entities" : {
    "hashtags" : [  ],
    "symbols" : [  ],
    "user_mentions" : [ {
      "name" : "Ana B.",
      "screen_name" : "ana_b",
      "indices" : [ "3", "9" ],
      "id_str" : "2002",
      "id" : "2002"
    } ],
    "urls" : [  ]
  },
  "display_text_range" : [ "0", "16" ],
  "favorite_count" : "0",
  "id_str" : "1170000000000000000",
  "truncated" : false,
  "retweet_count" : "2",
  "id" : "1170000000000000000",
  "created_at" : "Fri Sep 06 15:13:00 +0000 2019",
  "favorited" : false,
  "full_text" : "RT @ana_b: court",
  "lang" : "fr"
}, {
  "edit_info" : {
    "initial" : {
      "editTweetIds" : [ "1160000000000000000" ],
      "editableUntil" : "2025-12-02T07:23:48.000Z",
      "editsRemaining" : "5",
      "isEditEligible" : false
    }
  },
  "retweeted" : false,
  "source" : "<a href=\"https://example.org\" rel=\"nofollow\">Web</a>",
  "entities" : {
    "hashtags" : [  ],
    "symbols" : [  ],
    "user_mentions" : [ {
      "name" : "Ana B.",
      "screen_name" : "ana_b",
      "indices" : [ "0", "6" ],
      "id_str" : "2002",
      "id" : "2002"
    } ],
    "urls" : [  ]
  },
  "display_text_range" : [ "0", "19" ],
  "favorite_count" : "0",
  "id_str" : "1160000000000000000",
  "truncated" : false,
  "retweet_count" : "0",
  "id" : "1160000000000000000",
  "created_at" : "Sat Aug 10 01:00:00 +0000 2019",
  "favorited" : false,
  "full_text" : "@ana_b « d’accord »",
  "lang" : "fr",
  "in_reply_to_status_id_str" : "1159000000000000000",
  "in_reply_to_user_id" : "2002",
  "in_reply_to_status_id" : "1159000000000000000",
  "in_reply_to_screen_name" : "ana_b",
  "in_reply_to_user_id_str" : "2002"
} ]
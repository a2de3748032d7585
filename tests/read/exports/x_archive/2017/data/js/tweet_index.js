var tweet_index =  [ {
  "file_name" : "data/js/tweets/2016_11.js",
  "year" : 2016,
  "var_name" : "tweets_2016_11",
  "tweet_count" : 2,
  "month" : 11
}, {
  "file_name" : "data/js/tweets/2010_03.js",
  "year" : 2010,
  "var_name" : "tweets_2010_03",
  "tweet_count" : 1,
  "month" : 3
} ]
window.YTD.like.part0 = [ {
  "like" : {
    "tweetId" : "1179000000000000000"
  }
}, {
  "like" : {
    "tweetId" : "1178000000000000000"
  }
} ]
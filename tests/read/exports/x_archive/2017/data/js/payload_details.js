var payload_details =  {
  "tweets" : 3,
  "created_at" : "2017-01-02 03:04:05 +0000",
  "lang" : "fr"
}
var user_details =  {
  "screen_name" : "lou_exemple",
  "location" : "Là",
  "full_name" : "Lou",
  "bio" : "essai",
  "id" : "400",
  "created_at" : "2009-05-06 07:08:09 +0000"
}
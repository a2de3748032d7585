window.YTD.account.part0 = [ {
  "account" : {
    "phoneNumber" : "+33000000000",
    "email" : "sam@example.org",
    "createdVia" : "web",
    "username" : "sam_exemple",
    "accountId" : "300",
    "createdAt" : "2011-02-03T04:05:06.000Z",
    "accountDisplayName" : "Sam"
  }
} ]
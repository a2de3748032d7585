window.YTD.account.part0 = [
  {
    "account" : {
      "email" : "jo@example.org",
      "createdVia" : "web",
      "username" : "jo_exemple",
      "accountId" : "1200000000000000001",
      "createdAt" : "2019-11-28T08:00:00.000Z",
      "accountDisplayName" : "Jo Exemple"
    }
  }
]
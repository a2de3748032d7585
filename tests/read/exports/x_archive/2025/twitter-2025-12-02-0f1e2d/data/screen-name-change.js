window.YTD.screen_name_change.part0 = [
  {
    "screenNameChange" : {
      "accountId" : "1200000000000000001",
      "screenNameChange" : {
        "changedAt" : "2021-05-01T10:00:00.000Z",
        "changedFrom" : "jo_avant",
        "changedTo" : "jo_exemple"
      }
    }
  }
]
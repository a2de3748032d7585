window.YTD.saved_search.part0 = [
  {
    "savedSearch" : {
      "savedSearchId" : "9",
      "query" : "piste cyclable"
    }
  }
]
window.YTD.community_note_rating.part0 = [
  {
    "communityNoteRating" : {
      "noteId" : "1994500000000000000",
      "helpfulnessLevel" : "Helpful",
      "createdAt" : "2025-11-29T10:11:12.000Z",
      "userId" : "1200000000000000001",
      "helpfulTags" : [
        "Clear"
      ]
    }
  }
]
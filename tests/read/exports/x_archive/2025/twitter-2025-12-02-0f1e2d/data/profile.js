window.YTD.profile.part0 = [
  {
    "profile" : {
      "description" : {
        "bio" : "Jardin, ville &amp; vélo",
        "website" : "https://t.co/jo",
        "location" : "Ici"
      },
      "avatarMediaUrl" : "https://example.org/a.jpg"
    }
  }
]
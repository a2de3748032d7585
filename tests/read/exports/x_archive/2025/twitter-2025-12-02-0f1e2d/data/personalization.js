window.YTD.personalization.part0 = [
  {
    "p13nData" : {
      "demographics" : {
        "languages" : [
          {
            "language" : "French",
            "isDisabled" : false
          }
        ],
        "genderInfo" : {
          "gender" : "female"
        }
      },
      "interests" : {
        "interests" : [
          {
            "name" : "Cyclisme",
            "isDisabled" : false
          },
          {
            "name" : "Jardinage",
            "isDisabled" : true
          }
        ],
        "partnerInterests" : [],
        "audienceAndAdvertisers" : {
          "lookalikeAdvertisers" : [
            "@tram_ex"
          ],
          "advertisers" : [
            "@velos_ex"
          ],
          "doNotReachAdvertisers" : [],
          "catalogAudienceAdvertisers" : [],
          "numAudiences" : "3"
        },
        "shows" : [
          "Le Tour"
        ]
      },
      "locationHistory" : [],
      "inferredAgeInfo" : {
        "age" : [
          "25-34"
        ],
        "birthDate" : ""
      }
    }
  }
]
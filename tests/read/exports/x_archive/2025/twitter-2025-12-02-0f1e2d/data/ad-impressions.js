window.YTD.ad_impressions.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "adImpressions" : {
          "impressions" : [
            {
              "deviceInfo" : {
                "osType" : "Android",
                "deviceId" : "x"
              },
              "displayLocation" : "TimelineHome",
              "promotedTweetInfo" : {
                "tweetId" : "1994000000000000000",
                "tweetText" : "Roulez mieux",
                "urls" : [
                  "https://shop.example/velo"
                ],
                "mediaUrls" : []
              },
              "advertiserInfo" : {
                "advertiserName" : "Vélos Exemple",
                "screenName" : "@velos_ex"
              },
              "matchedTargetingCriteria" : [
                {
                  "targetingType" : "Age",
                  "targetingValue" : "25 to 49"
                },
                {
                  "targetingType" : "List"
                },
                {
                  "targetingType" : "Website Activity"
                },
                {
                  "targetingType" : "Follower look-alikes",
                  "targetingValue" : "@ville_verte"
                }
              ],
              "impressionTime" : "2025-11-30 15:28:57"
            },
            {
              "deviceInfo" : {
                "osType" : "Android",
                "deviceId" : "x"
              },
              "displayLocation" : "TimelineHome",
              "matchedTargetingCriteria" : [
                {
                  "targetingType" : "Locations",
                  "targetingValue" : "Ici"
                }
              ],
              "impressionTime" : "2025-11-30 15:30:00",
              "publisherInfo" : {
                "publisherName" : "Jeu"
              },
              "rtbCreativeMediaInfo" : {
                "dspName" : "google"
              }
            }
          ]
        }
      }
    }
  },
  {
    "ad" : {
      "adsUserData" : {
        "adImpressions" : {
          "impressions" : [
            {
              "deviceInfo" : {
                "osType" : "Android",
                "deviceId" : "x"
              },
              "displayLocation" : "TimelineHome",
              "advertiserInfo" : {
                "advertiserName" : "Ciné",
                "screenName" : "@cine_ex"
              },
              "impressionTime" : "2025-11-29 08:00:00",
              "promotedTrendInfo" : {
                "trendId" : "77",
                "name" : "#LeFilm",
                "description" : "Au cinéma"
              }
            }
          ]
        }
      }
    }
  }
]
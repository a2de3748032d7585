window.YTD.ad_engagements.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "adEngagements" : {
          "engagements" : [
            {
              "impressionAttributes" : {
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
              "engagementAttributes" : [
                {
                  "engagementTime" : "2025-11-30 15:29:10",
                  "engagementType" : "ChargeableImpression"
                },
                {
                  "engagementTime" : "2025-11-30 15:29:12",
                  "engagementType" : "CardUrlClick"
                },
                {
                  "engagementTime" : "2025-11-30 15:29:13",
                  "engagementType" : "VideoContentPlayback25"
                }
              ]
            }
          ]
        }
      }
    }
  }
]
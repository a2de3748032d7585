window.YTD.ad_online_conversions_attributed.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "attributedOnlineConversionData" : {
          "conversions" : [
            {
              "eventType" : "SiteVisit",
              "conversionPlatform" : "Mobile",
              "conversionUrl" : "https://shop.example/",
              "advertiserInfo" : {
                "advertiserName" : "Vélos Exemple",
                "screenName" : "@velos_ex"
              },
              "conversionValue" : "0",
              "conversionTime" : "2025-11-30 15:40:00"
            }
          ]
        }
      }
    }
  }
]
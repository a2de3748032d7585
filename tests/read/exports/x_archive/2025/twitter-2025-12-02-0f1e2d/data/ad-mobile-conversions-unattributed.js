window.YTD.ad_mobile_conversions_unattributed.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "unattributedMobileAppConversions" : {
          "conversions" : [
            {
              "mobilePlatform" : "Android",
              "conversionEvent" : "Install",
              "applicationName" : "Jeu de vélo",
              "conversionTime" : "2025-11-20 10:00:00",
              "additionalParameters" : {}
            }
          ]
        }
      }
    }
  }
]
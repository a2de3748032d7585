window.YTD.direct_message_group_headers.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "888",
      "messages" : [
        {
          "joinConversation" : {
            "initiatingUserId" : "2002",
            "participantsSnapshot" : [
              "2002",
              "1200000000000000001"
            ],
            "createdAt" : "2025-10-01T10:00:00.000Z"
          }
        },
        {
          "messageCreate" : {
            "id" : "4",
            "senderId" : "2004",
            "createdAt" : "2025-10-01T10:01:00.000Z"
          }
        }
      ]
    }
  }
]
window.YTD.direct_message_headers.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "2002-1200000000000000001",
      "messages" : [
        {
          "messageCreate" : {
            "id" : "1",
            "senderId" : "2002",
            "recipientId" : "1200000000000000001",
            "createdAt" : "2025-11-01T10:00:00.000Z"
          }
        },
        {
          "messageCreate" : {
            "id" : "2",
            "senderId" : "1200000000000000001",
            "recipientId" : "2002",
            "createdAt" : "2025-11-01T10:05:00.000Z"
          }
        },
        {
          "messageCreate" : {
            "id" : "3",
            "senderId" : "1200000000000000001",
            "recipientId" : "2002",
            "createdAt" : "2025-11-02T10:05:00.000Z"
          }
        }
      ]
    }
  }
]
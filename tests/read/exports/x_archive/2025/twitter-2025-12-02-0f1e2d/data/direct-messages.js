window.YTD.direct_messages.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "2002-1200000000000000001",
      "messages" : [
        {
          "messageCreate" : {
            "id" : "1",
            "senderId" : "2002",
            "recipientId" : "1200000000000000001",
            "text" : "un secret qui ne sera jamais lu",
            "createdAt" : "2025-11-01T10:00:00.000Z"
          }
        }
      ]
    }
  }
]
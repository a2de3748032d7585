window.YTD.connected_application.part0 = [
  {
    "connectedApplication" : {
      "organization" : {
        "name" : "Atelier",
        "url" : "https://atelier.example"
      },
      "name" : "Planifieur",
      "description" : "…",
      "permissions" : [
        "read",
        "write"
      ],
      "approvedAt" : "2020-04-05T06:07:08.000Z",
      "id" : "55"
    }
  }
]
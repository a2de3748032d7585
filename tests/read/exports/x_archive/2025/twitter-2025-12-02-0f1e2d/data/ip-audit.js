window.YTD.ip_audit.part0 = [
  {
    "ipAudit" : {
      "accountId" : "1200000000000000001",
      "createdAt" : "2025-11-01T10:00:00.000Z",
      "loginIp" : "192.0.2.1"
    }
  }
]
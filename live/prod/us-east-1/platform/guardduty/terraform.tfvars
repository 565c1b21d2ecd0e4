# Each feature is paid by use; these watch what our systems are made of.
features = {
  LAMBDA_NETWORK_LOGS = []
  RDS_LOGIN_EVENTS    = []
  RUNTIME_MONITORING  = ["ECS_FARGATE_AGENT_MANAGEMENT"]
  S3_DATA_EVENTS      = []
}

package dev.clockbill.local.template;

import java.util.Locale;
import java.util.Optional;

/**
 * How the stack names resources: the values of {@code Ref} and {@code Fn::GetAtt}.
 *
 * @param type the resource's type
 * @param logicalId its name in the template
 * @param givenName the name in its properties, if any
 */
record ResourceNames(String type, String logicalId, Optional<String> givenName) {
  private static final String REGION_ACCOUNT = "eu-central-1:000000000000:";

  /** The property with the name of a resource; empty if the stack always uses the logical id. */
  static Optional<String> nameProperty(String type) {
    return Optional.ofNullable(
        switch (type) {
          case "AWS::DynamoDB::Table" -> "TableName";
          case "AWS::Serverless::StateMachine", "AWS::SES::ConfigurationSet" -> "Name";
          case "AWS::Cognito::UserPoolGroup" -> "GroupName";
          case "AWS::Cognito::UserPoolDomain" -> "Domain";
          case "AWS::Cognito::UserPoolIdentityProvider" -> "ProviderName";
          case "AWS::SES::EmailIdentity" -> "EmailIdentity";
          case "AWS::Logs::LogGroup" -> "LogGroupName";
          case "AWS::SQS::Queue" -> "QueueName";
          default -> null;
        });
  }

  /** Its name, as API calls use it. */
  String name() {
    return givenName.orElse(logicalId);
  }

  /** The value of {@code Ref}. */
  String reference() {
    return switch (type) {
      case "AWS::Serverless::StateMachine" -> arn();
      case "AWS::Cognito::UserPool" -> "local_" + logicalId;
      case "AWS::Cognito::UserPoolClient", "AWS::Serverless::HttpApi" ->
          logicalId.toLowerCase(Locale.ROOT);
      case "AWS::SQS::Queue" -> "https://sqs.eu-central-1.amazonaws.com/000000000000/" + name();
      default -> name();
    };
  }

  /** The value of {@code Fn::GetAtt}; empty for an unsupported attribute. */
  Optional<String> attribute(String attribute) {
    String key = type + " " + attribute;
    return Optional.ofNullable(
        switch (key) {
          case "AWS::Serverless::Function Arn",
              "AWS::DynamoDB::Table Arn",
              "AWS::Serverless::StateMachine Arn",
              "AWS::Cognito::UserPool Arn",
              "AWS::Logs::LogGroup Arn",
              "AWS::SQS::Queue Arn" ->
              arn();
          case "AWS::Serverless::StateMachine Name", "AWS::SQS::Queue QueueName" -> name();
          case "AWS::Cognito::UserPool UserPoolId", "AWS::Cognito::UserPoolClient ClientId" ->
              reference();
          case "AWS::Cognito::UserPool ProviderName" ->
              "cognito-idp.eu-central-1.amazonaws.com/" + reference();
          case "AWS::Cognito::UserPool ProviderURL" ->
              "https://cognito-idp.eu-central-1.amazonaws.com/" + reference();
          case "AWS::Serverless::HttpApi ApiId" -> reference();
          case "AWS::Serverless::HttpApi ApiEndpoint" ->
              "https://" + reference() + ".execute-api.eu-central-1.amazonaws.com";
          default -> null;
        });
  }

  /** Its ARN. */
  String arn() {
    return switch (type) {
      case "AWS::Serverless::Function" -> "arn:aws:lambda:" + REGION_ACCOUNT + "function:" + name();
      case "AWS::DynamoDB::Table" -> "arn:aws:dynamodb:" + REGION_ACCOUNT + "table/" + name();
      case "AWS::Serverless::StateMachine" ->
          "arn:aws:states:" + REGION_ACCOUNT + "stateMachine:" + name();
      case "AWS::Cognito::UserPool" ->
          "arn:aws:cognito-idp:" + REGION_ACCOUNT + "userpool/" + reference();
      case "AWS::Logs::LogGroup" -> "arn:aws:logs:" + REGION_ACCOUNT + "log-group:" + name() + ":*";
      case "AWS::SQS::Queue" -> "arn:aws:sqs:" + REGION_ACCOUNT + name();
      default -> throw new IllegalStateException("The stack knows no ARN of " + type + ".");
    };
  }
}

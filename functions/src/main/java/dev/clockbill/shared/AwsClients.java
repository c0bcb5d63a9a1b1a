package dev.clockbill.shared;

import com.github.davidmoten.aws.lw.client.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Builds the SDK's clients from a function's environment, so that each builds what it uses. */
public final class AwsClients {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /**
   * One thread ends what takes too long, whichever client was asked. Each client would start five
   * of its own, and keep what a call held for as long as it might have taken.
   */
  private static final ScheduledExecutorService TIMEOUTS = timeouts();

  private AwsClients() {}

  private static ScheduledExecutorService timeouts() {
    ScheduledThreadPoolExecutor timeouts =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("call-timeouts").factory());
    timeouts.setRemoveOnCancelPolicy(true);
    return timeouts;
  }

  /**
   * A client of the mail service. It never tries again by itself: a call whose outcome is unknown
   * may have sent the mail.
   */
  public static SesV2Client mail(Environment environment) {
    return configured(SesV2Client.builder(), environment, "SESV2")
        .overrideConfiguration(
            override -> bounded(override).retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /** A client of the user pool. */
  public static CognitoIdentityProviderClient userPool(Environment environment) {
    return configured(
            CognitoIdentityProviderClient.builder(), environment, "COGNITO_IDENTITY_PROVIDER")
        .build();
  }

  private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
      B builder, Environment environment, String service) {
    builder
        .region(Region.of(environment.required("AWS_REGION")))
        .credentialsProvider(credentials(environment))
        .overrideConfiguration(override -> bounded(override).retryStrategy(RetryMode.STANDARD))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(AwsService.LONGEST_CALL));
    environment
        .optional("AWS_ENDPOINT_URL_" + service)
        .map(URI::create)
        .ifPresent(builder::endpointOverride);
    return builder;
  }

  private static ClientOverrideConfiguration.Builder bounded(
      ClientOverrideConfiguration.Builder override) {
    return override.apiCallTimeout(AwsService.LONGEST_CALL).scheduledExecutorService(TIMEOUTS);
  }

  private static AwsCredentialsProvider credentials(Environment environment) {
    return AwsService.keys(environment)
        .<AwsCredentialsProvider>map(keys -> StaticCredentialsProvider.create(asTheSdkHas(keys)))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private static AwsCredentials asTheSdkHas(Credentials keys) {
    return keys.sessionToken()
        .<AwsCredentials>map(
            token -> AwsSessionCredentials.create(keys.accessKey(), keys.secretKey(), token))
        .orElseGet(() -> AwsBasicCredentials.create(keys.accessKey(), keys.secretKey()));
  }
}

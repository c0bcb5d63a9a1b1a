package dev.clockbill.local.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.clockbill.local.template.FunctionEntry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The context of an invocation. The remaining time is measured by the system's clock. */
final class InvocationContext implements Context {
  private final FunctionEntry entry;
  private final String requestId;
  private final long deadlineNanos;

  InvocationContext(FunctionEntry entry, String requestId) {
    this.entry = entry;
    this.requestId = requestId;
    this.deadlineNanos = System.nanoTime() + entry.timeout().toNanos();
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + entry.logicalId();
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return entry.logicalId();
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return entry.arn();
  }

  /** None: nobody calls through a mobile SDK. */
  @Override
  public CognitoIdentity getIdentity() {
    return null;
  }

  /** None: nobody calls through a mobile SDK. */
  @Override
  public ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    return Math.toIntExact(Math.max(0, left));
  }

  /** The heap limit of this JVM. */
  @Override
  public int getMemoryLimitInMB() {
    return Math.toIntExact(Runtime.getRuntime().maxMemory() / (1024 * 1024));
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        System.out.print(message);
      }

      @Override
      public void log(byte[] message) {
        System.out.print(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}

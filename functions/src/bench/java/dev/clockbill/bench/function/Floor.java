package dev.clockbill.bench.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The least that a Java function can be: a stream in, a stream out. */
public final class Floor implements RequestStreamHandler {
  private static final byte[] HELLO =
      "{\"statusCode\":200,\"body\":\"hello, world\"}".getBytes(StandardCharsets.UTF_8);

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    input.readAllBytes();
    output.write(HELLO);
  }
}

package dev.clockbill.local.table;

import dev.clockbill.local.http.Response;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Callback;

/**
 * One request to a Jetty handler, without a connection or another thread.
 *
 * <p>DynamoDB Local accepts JSON only through a Jetty handler. Calling the handler directly saves a
 * second HTTP request, which took a third of the time. The request and the response are proxies,
 * because their interfaces have some thirty methods and this handler uses seven of them.
 */
final class DirectExchange {
  private final HttpFields headers;
  private final Deque<Content.Chunk> body = new ArrayDeque<>();
  private final HttpFields.Mutable answerHeaders = HttpFields.build();
  private int status = 200;
  private byte[] answer = {};

  private DirectExchange(Map<String, String> headers, byte[] body) {
    HttpFields.Mutable fields = HttpFields.build();
    headers.forEach(fields::put);
    this.headers = fields.asImmutable();
    this.body.add(Content.Chunk.from(ByteBuffer.wrap(body), true));
  }

  /** Sends a POST to a handler. */
  static Response post(Handler handler, Map<String, String> headers, byte[] body) throws Exception {
    DirectExchange exchange = new DirectExchange(headers, body);
    handler.handle(exchange.request(), exchange.response(), Callback.NOOP);
    Response answer = new Response(exchange.status, Map.of(), exchange.answer);
    for (String name : List.of("Content-Type", "x-amz-crc32")) {
      String value = exchange.answerHeaders.get(name);
      answer = value == null ? answer : answer.with(name, value);
    }
    return answer;
  }

  private org.eclipse.jetty.server.Request request() {
    return proxy(
        org.eclipse.jetty.server.Request.class,
        (method, arguments) ->
            switch (method) {
              case "getMethod" -> "POST";
              case "getHeaders" -> headers;
              case "read" -> body.isEmpty() ? Content.Chunk.EOF : body.remove();
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private org.eclipse.jetty.server.Response response() {
    return proxy(
        org.eclipse.jetty.server.Response.class,
        (method, arguments) ->
            switch (method) {
              case "getHeaders" -> answerHeaders;
              case "getStatus" -> status;
              case "setStatus" -> {
                status = (int) arguments[0];
                yield null;
              }
              case "write" -> {
                ByteBuffer content = (ByteBuffer) arguments[1];
                answer = new byte[content.remaining()];
                content.get(answer);
                ((Callback) arguments[2]).succeeded();
                yield null;
              }
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private interface Methods {
    Object call(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Methods methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> methods.call(method.getName(), arguments)));
  }
}

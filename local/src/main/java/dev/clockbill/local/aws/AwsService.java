package dev.clockbill.local.aws;

import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import java.util.List;

/** One AWS service of the stack. */
public interface AwsService {
  /** The name under which requests to it are signed. */
  String signingName();

  /**
   * The operation that a request asks for; throws {@link IllegalArgumentException} if it is
   * unknown.
   */
  String operation(Request request);

  /** The permissions that this request needs: one for each action and resource. */
  List<RequiredPermission> needs(AwsCall call);

  /** The partitions of tables that this request touches; only a database has any. */
  default List<Touch> touches(AwsCall call) {
    return List.of();
  }

  /** Carries the request out. Errors are responses in the wire format of the service. */
  Response answer(AwsCall call) throws Exception;

  /** An error in the wire format of this service. */
  Response error(int status, String code, String message);
}

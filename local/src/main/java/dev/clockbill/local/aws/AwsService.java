package dev.clockbill.local.aws;

import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Call;
import java.util.List;

/** One AWS service as the stack plays it. */
public interface AwsService {
  /** The name under which requests to it are signed. */
  String signingName();

  /** The operation that a request asks for; an unknown one is refused by name. */
  String operation(Call call);

  /** What a caller must be granted for this call: one entry per action and resource. */
  List<Needed> needs(AwsCall call);

  /** Does it. Errors are answers in the service's own wire format. */
  Answer answer(AwsCall call) throws Exception;

  /** An error in the wire format of this service. */
  Answer error(int status, String code, String message);
}

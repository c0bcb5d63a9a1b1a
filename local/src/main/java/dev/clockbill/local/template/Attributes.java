package dev.clockbill.local.template;

import java.util.Optional;

/** Values of {@code Ref} and {@code Fn::GetAtt} that the stack decides. */
@FunctionalInterface
public interface Attributes {
  /** Leaves every attribute to the default scheme. */
  Attributes NONE = (type, logicalId, attribute) -> Optional.empty();

  /**
   * The value of an attribute, such as a user pool's {@code ProviderURL}.
   *
   * @param type the resource's type, such as {@code AWS::Cognito::UserPool}
   * @param attribute its name; {@code Ref} for the value of {@code Ref}
   * @return empty for the default scheme
   */
  Optional<String> attribute(String type, String logicalId, String attribute);
}

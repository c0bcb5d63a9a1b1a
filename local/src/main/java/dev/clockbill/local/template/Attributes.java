package dev.clockbill.local.template;

import java.util.Optional;

/** What {@code Ref} and {@code Fn::GetAtt} of a resource give where the stack decides. */
@FunctionalInterface
public interface Attributes {
  /** Attributes of nothing: the template's own scheme everywhere. */
  Attributes NONE = (type, logicalId, attribute) -> Optional.empty();

  /**
   * The value of an attribute, such as a user pool's {@code ProviderURL}.
   *
   * @param type the resource's type, such as {@code AWS::Cognito::UserPool}
   * @param attribute its name; {@code Ref} for what {@code Ref} gives
   * @return empty where the template's own scheme decides
   */
  Optional<String> attribute(String type, String logicalId, String attribute);
}

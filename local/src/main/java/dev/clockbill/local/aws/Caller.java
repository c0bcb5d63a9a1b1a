package dev.clockbill.local.aws;

import dev.clockbill.local.template.Statement;
import java.util.List;

/** Who signs with a key id: a function, and what its role grants. */
public record Caller(String functionLogicalId, List<Statement> policy) {}

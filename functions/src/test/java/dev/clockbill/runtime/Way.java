package dev.clockbill.runtime;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A way to write and start a function.
 *
 * @param name as the tables show it
 * @param handler class of the handler
 * @param directory where it runs; the classes and {@code lib} in it are the function's
 * @param classPath of the JVM: the runtime's jars, and in a container's image the function's
 * @param flags of its JVM
 * @param variables of its environment
 */
public record Way(
    String name,
    String handler,
    Path directory,
    List<Path> classPath,
    List<String> flags,
    Map<String, String> variables) {
  /** By which hooks find Lambda's runtime. */
  private static final String HOOKS = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  /** The same under another name, with other flags. */
  public Way with(String otherName, List<String> otherFlags) {
    return new Way(otherName, handler, directory, classPath, otherFlags, variables);
  }

  /** The same with one more flag. */
  public Way with(String flag) {
    List<String> more = new ArrayList<>(flags);
    more.add(flag);
    return with(name, more);
  }

  /** The same without a flag. */
  public Way without(String flag) {
    return with(name, flags.stream().filter(each -> !each.equals(flag)).toList());
  }

  /** The same with these variables as well. */
  public Way with(Map<String, String> others) {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.putAll(others);
    return new Way(name, handler, directory, classPath, flags, all);
  }

  /** The same as Lambda starts it to take a snapshot of it. */
  public Way forSnapshot() {
    return with(HOOKS).with(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));
  }

  /** The same without anything that is done before the snapshot. */
  public Way unprimed() {
    return without(HOOKS);
  }

  /** What its environment holds. */
  public Map<String, String> environment() {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.put("_HANDLER", handler);
    all.put("LAMBDA_TASK_ROOT", directory.toString());
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    return all;
  }

  /** The command that starts it. */
  public List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Jvm.tool("java"));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-cp",
            classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            handler));
    return command;
  }
}

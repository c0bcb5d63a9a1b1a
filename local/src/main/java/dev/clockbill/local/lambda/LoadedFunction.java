package dev.clockbill.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.local.aws.Partitions;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.time.StackTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.InstantSource;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One function with its instances: as on Lambda, an instance handles one invocation at a time, and
 * simultaneous invocations use several instances, up to a limit.
 */
final class LoadedFunction implements AutoCloseable {
  private static final int MOST_INSTANCES = 16;

  private final FunctionEntry entry;
  private final Map<String, String> environment;
  private final HandlerClasses classes;
  private final InstantSource clock;
  private final Partitions partitions;
  private final Semaphore places = new Semaphore(MOST_INSTANCES, true);
  private final ExecutorService threads;
  private volatile Code code;

  /** The code of one class loader, with its idle instances. */
  private record Code(ClassLoader loader, Constructor<?> constructor, Deque<Instance> idle) {}

  /** An instance with its session token, by which its requests to AWS services are known. */
  private record Instance(RequestStreamHandler handler, String session) {}

  LoadedFunction(
      FunctionEntry entry,
      Map<String, String> environment,
      HandlerClasses classes,
      InstantSource clock,
      Partitions partitions) {
    this.entry = entry;
    this.environment = environment;
    this.classes = classes;
    this.clock = clock;
    this.partitions = partitions;
    this.code = code(classes.loader());
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(entry.logicalId() + "-", 1).factory());
  }

  private Code code(ClassLoader loader) {
    return new Code(loader, constructor(entry, loader), new ConcurrentLinkedDeque<>());
  }

  /** The code to run now; idle instances of older code are dropped. */
  private Code current() throws FunctionFailed {
    ClassLoader loader = classes.loader();
    Code known = code;
    if (known.loader() == loader) {
      return known;
    }
    try {
      Code changed = code(loader);
      code = changed;
      return changed;
    } catch (IllegalStateException unusable) {
      throw new FunctionFailed("Runtime.HandlerNotFound", unusable.getMessage(), unusable);
    }
  }

  private static Constructor<?> constructor(FunctionEntry entry, ClassLoader loader) {
    Class<?> handler;
    try {
      handler = Class.forName(entry.handlerClass(), false, loader);
    } catch (ClassNotFoundException missing) {
      throw refusal(entry, "is not on the class path", null);
    } catch (LinkageError unusable) {
      throw refusal(entry, "cannot be loaded", unusable);
    }
    if (!RequestStreamHandler.class.isAssignableFrom(handler)) {
      throw refusal(entry, "is no RequestStreamHandler", null);
    }
    try {
      return handler.getConstructor(Map.class);
    } catch (NoSuchMethodException none) {
      try {
        return handler.getConstructor();
      } catch (NoSuchMethodException neither) {
        throw refusal(
            entry, "has neither a public constructor for its environment nor an empty one", null);
      }
    }
  }

  private static IllegalStateException refusal(FunctionEntry entry, String what, Throwable cause) {
    return new IllegalStateException(
        "The function %s: the class %s %s."
            .formatted(entry.logicalId(), entry.handlerClass(), what),
        cause);
  }

  Map<String, String> environment() {
    return environment;
  }

  void warm() throws FunctionFailed {
    Code now = current();
    now.idle().push(make(now));
  }

  byte[] invoke(byte[] payload) throws FunctionFailed {
    places.acquireUninterruptibly();
    try {
      Code now = current();
      Instance kept = now.idle().poll();
      return run(now, kept == null ? make(now) : kept, payload);
    } finally {
      places.release();
    }
  }

  private byte[] run(Code now, Instance instance, byte[] payload) throws FunctionFailed {
    String requestId = UUID.randomUUID().toString();
    InvocationContext context = new InvocationContext(entry, requestId);
    partitions.begin(entry.logicalId(), instance.session(), payload);
    Future<byte[]> invocation =
        threads.submit(
            () ->
                asFunction(
                    now,
                    () -> {
                      ByteArrayOutputStream answer = new ByteArrayOutputStream();
                      instance
                          .handler()
                          .handleRequest(new ByteArrayInputStream(payload), answer, context);
                      return answer.toByteArray();
                    }));
    try {
      byte[] answer = invocation.get(entry.timeout().toMillis(), TimeUnit.MILLISECONDS);
      putBack(now, instance);
      return answer;
    } catch (ExecutionException failed) {
      // An instance is used again after an exception, as on Lambda.
      putBack(now, instance);
      throw failure(failed.getCause());
    } catch (TimeoutException late) {
      invocation.cancel(true);
      throw new FunctionFailed(
          "Sandbox.Timedout",
          "RequestId: %s Error: Task timed out after %d.%02d seconds"
              .formatted(
                  requestId, entry.timeout().toSeconds(), entry.timeout().toMillisPart() / 10),
          late);
    } catch (InterruptedException ended) {
      invocation.cancel(true);
      Thread.currentThread().interrupt();
      throw new FunctionFailed("Runtime.ExitError", "The stack was stopped.", ended);
    }
  }

  private void putBack(Code now, Instance instance) {
    partitions.end(instance.session());
    now.idle().push(instance);
  }

  private Instance make(Code now) throws FunctionFailed {
    String session = UUID.randomUUID().toString();
    Map<String, String> own = new HashMap<>(environment);
    own.put("AWS_SESSION_TOKEN", session);
    try {
      Constructor<?> constructor = now.constructor();
      Object handler =
          asFunction(
              now,
              () ->
                  constructor.getParameterCount() == 0
                      ? constructor.newInstance()
                      : constructor.newInstance(Map.copyOf(own)));
      return new Instance((RequestStreamHandler) handler, session);
    } catch (InvocationTargetException failed) {
      throw failure(failed.getCause());
    } catch (Exception failed) {
      throw failure(failed);
    }
  }

  /** Runs code of the function with the stack's clock and the function's class loader. */
  private <T> T asFunction(Code now, Callable<T> call) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(now.loader());
    try {
      return StackTime.callWith(clock, call);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static FunctionFailed failure(Throwable cause) {
    return new FunctionFailed(cause.getClass().getName(), cause.getMessage(), cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

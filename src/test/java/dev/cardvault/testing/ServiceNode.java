package dev.cardvault.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged service as a process of its own, in its default profile (prod), on ports of its own
 * choosing, with its output in files. Whatever happens to the tests, it does not outlive their JVM.
 */
public final class ServiceNode implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  /** Less than Surefire waits for a JVM that has done its tests. */
  private static final Duration END = Duration.ofSeconds(15);

  private static final Pattern LISTENS =
      Pattern.compile(
          "Listening on: https?://[^:\\s]+:(\\d+)\\.?\\s+Management interface listening on"
              + " https?://[^:\\s]+:(\\d+)");
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ServiceNode::endAll));
  }

  private final Process process;
  private final Path output;
  private final Path errors;
  private int port;
  private int managementPort;

  /** First gently: one that brought a Postgres along ends that as well. */
  private static void endAll() {
    RUNNING.forEach(Process::destroy);
    long deadline = System.nanoTime() + END.toNanos();
    for (Process process : RUNNING) {
      try {
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }

  private ServiceNode(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /** What a node is started with. */
  public static Starter with() {
    return new Starter();
  }

  /** The folder of the packaged application. */
  public static Path application() {
    return Path.of(System.getProperty("cardvault.test.application", "target/quarkus-app"))
        .toAbsolutePath();
  }

  /**
   * Where the JVM may keep classes of this build ready, so that nodes start in half the time; made
   * by {@link #prepareClasses}.
   */
  private static Path classes() {
    try {
      Path code = application().resolve("quarkus").resolve("generated-bytecode.jar");
      long build = Files.getLastModifiedTime(code).toMillis();
      return Path.of("target", "classes-" + build + ".jsa").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("Build it first: mvn package -DskipTests", e);
    }
  }

  /** The native binary, when this build has made one: then nodes are of that. */
  public static Optional<Path> nativeBinary() {
    return Optional.ofNullable(System.getProperty("native.image.path"))
        .map(Path::of)
        .filter(Files::isExecutable)
        .map(Path::toAbsolutePath);
  }

  /** Whether nodes are of the native binary. */
  public static boolean isNative() {
    return nativeBinary().isPresent();
  }

  /** Runs {@code starter} once, to note which classes it loads. Later starts need not. */
  public static void prepareClasses(Starter starter) {
    if (!isNative() && !Files.exists(classes())) {
      ServiceNode node = starter.flag("-XX:ArchiveClassesAtExit=" + classes()).startReady();
      node.terminate();
      node.awaitExit(START);
    }
  }

  /** Where the API is. */
  public URI api() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where health and metrics are. */
  public URI management() {
    return URI.create("http://127.0.0.1:" + managementPort);
  }

  /** The port of {@link #api}. */
  public int port() {
    return port;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it wrote to standard output so far: its log. */
  public String log() {
    return read(output);
  }

  /** What it wrote to standard error so far. */
  public String errors() {
    return read(errors);
  }

  /** The files of {@link #log} and {@link #errors}. */
  public List<Path> outputs() {
    return List.of(output, errors);
  }

  /** The status of a health check: 200, 503, or 0 when nobody answers. */
  public int health(String check) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(management().resolve("/q/health/" + check))
              .timeout(Duration.ofSeconds(5))
              .build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** What a metric without labels says; NaN when nobody answers. */
  public double metric(String name) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(management().resolve("/q/metrics"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return HTTP.send(request, BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    }
  }

  /** Waits until it says that it is ready. */
  public ServiceNode awaitReady(Duration limit) {
    Eventually.await("ready\n" + tail(), limit, () -> living() && health("ready") == 200);
    return this;
  }

  /** Waits until it no longer says that it is ready. */
  public void awaitUnready(Duration limit) {
    Eventually.await("unready", limit, () -> health("ready") != 200);
  }

  /** {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** {@code kill -TERM}, without waiting. */
  public void terminate() {
    process.destroy();
  }

  /** {@code kill -STOP}: it holds its connections and does nothing. */
  public void freeze() {
    Signals.freeze(pid());
  }

  /** {@code kill -CONT}. */
  public void thaw() {
    Signals.thaw(pid());
  }

  /** Its exit code, once it has ended. */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("Still running after " + limit.toMillis() + " ms\n" + tail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    RUNNING.remove(process);
    return process.exitValue();
  }

  /** Ends it, at once. */
  @Override
  public void close() {
    kill();
  }

  /** Waits until it listens, ready or not. */
  public ServiceNode awaitListening() {
    Eventually.await("listening", START, () -> foundPorts() || !process.isAlive());
    living();
    return this;
  }

  /** Whether it listens by now. */
  public boolean foundPorts() {
    if (port > 0) {
      return true;
    }
    Matcher matcher = LISTENS.matcher(log());
    if (!matcher.find()) {
      return false;
    }
    port = Integer.parseInt(matcher.group(1));
    managementPort = Integer.parseInt(matcher.group(2));
    return true;
  }

  private boolean living() {
    if (!process.isAlive()) {
      throw new AssertionError("The service ended with " + process.exitValue() + "\n" + tail());
    }
    return true;
  }

  private String tail() {
    String all = log() + errors();
    return all.substring(Math.max(0, all.length() - 6_000));
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Collects the settings of a node. */
  public static final class Starter {
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> flags =
        new ArrayList<>(
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx192m"));
    private final List<String> arguments = new ArrayList<>();
    private Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    private boolean shared = true;

    private Starter() {
      environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
      environment.put("QUARKUS_HTTP_PORT", "0");
      environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
      environment.put("QUARKUS_MANAGEMENT_PORT", "0");
    }

    /** Sets a variable of its environment. */
    public Starter env(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Sets variables of its environment. */
    public Starter env(Map<String, String> values) {
      environment.putAll(values);
      return this;
    }

    /** Adds a flag of the JVM. A later one wins. */
    public Starter flag(String flag) {
      flags.add(flag);
      return this;
    }

    /** Takes the flags of a file in place of those that make tests quick. */
    public Starter flagsOf(Path file) {
      flags.clear();
      flags.add("@" + file.toAbsolutePath());
      shared = false;
      return this;
    }

    /** Runs on another JDK than the tests do. */
    public Starter onJdk(Path home) {
      java = home.resolve("bin").resolve("java");
      shared = false;
      return this;
    }

    /** Adds arguments of the command line. */
    public Starter arguments(String... more) {
      arguments.addAll(List.of(more));
      return this;
    }

    /** Starts it and waits until it listens, ready or not. */
    public ServiceNode start() {
      return launch().awaitListening();
    }

    /** Starts it and waits until it is ready. */
    public ServiceNode startReady() {
      return start().awaitReady(START);
    }

    /** Starts it and waits for nothing: for starts that are refused, and for commands. */
    public ServiceNode launch() {
      try {
        Path folder = Files.createDirectories(Path.of("target", "nodes"));
        String name = "node-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Path output = folder.resolve(name + ".log");
        Path errors = folder.resolve(name + ".err");
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        // What the tests' own shell says of databases and key servers is not for this process.
        builder
            .environment()
            .keySet()
            .removeIf(
                key ->
                    key.startsWith("VAULT_")
                        || key.startsWith("CARDVAULT_")
                        || key.startsWith("QUARKUS_")
                        || key.startsWith("JAVA_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        RUNNING.add(process);
        return new ServiceNode(process, output, errors);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<String> command() {
      List<String> command = new ArrayList<>();
      if (nativeBinary().isPresent()) {
        command.add(nativeBinary().get().toString());
      } else {
        command.add(java.toString());
        if (shared && Files.exists(classes())) {
          command.add("-XX:SharedArchiveFile=" + classes());
        }
        command.addAll(flags);
        command.add("-jar");
        command.add(application().resolve("quarkus-run.jar").toString());
      }
      command.addAll(arguments);
      return command;
    }
  }
}

package dev.clockbill.local.table;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import com.amazonaws.services.dynamodbv2.datamodel.DocumentFactory;
import com.amazonaws.services.dynamodbv2.dbenv.DbEnv;
import java.io.File;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.dynamodb.services.exceptions.AWSExceptionFactory;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.LocalDBInputConverter;
import software.amazon.dynamodb.services.local.shared.access.LocalDBOutputConverter;
import software.amazon.dynamodb.services.local.shared.access.TableInfo;
import software.amazon.dynamodb.services.local.shared.access.api.dp.TransactWriteItemsFunction;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.dataaccess.LocalDocumentFactory;
import software.amazon.dynamodb.services.local.shared.env.LocalDBEnv;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * DynamoDB Local's operations on one database that remembers what its tables look like. DynamoDB
 * Local reads a table's description anew for every request, on the one thread that it has for its
 * database.
 *
 * <p>That thread answers requests one after the other, in the order in which they come. DynamoDB
 * Local itself answers them on the threads that ask, and has the database do each statement of
 * each: whoever writes holds a lock, and waits some twenty times until a thread of its own is given
 * a processor again, behind all functions that are at work. The more people there were, the longer
 * everybody waited for that lock, and the more often they looked in vain whether something was
 * done.
 */
final class TableRequests extends LocalDynamoDBRequestHandler {
  /** What DynamoDB Local calls the file of a database that all callers share. */
  private static final String FILE = "shared-local-instance";

  /** In bytes, as DynamoDB Local itself has it. */
  private static final int LARGEST_EXPRESSION = 65_536;

  /**
   * How SQLite keeps a file. What is committed is appended to a log that it merges into the file
   * now and then, instead of copying old pages first and waiting for the disk three times; nobody
   * else opens the file, so that no lock is taken for each request; and 16 MB of it are kept in
   * memory. A process that is killed loses nothing, nor does the file suffer where the machine
   * loses power: then the last commits may be missing. Source: SQLite's documentation, "Write-Ahead
   * Logging" and "PRAGMA Statements".
   */
  private static final List<String> ON_DISK =
      List.of(
          "PRAGMA locking_mode = EXCLUSIVE",
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = NORMAL",
          "PRAGMA cache_size = -16000");

  private final KnownTables tables;
  private final LocalDBClient database;
  private final DynamoDbClient client;

  /** DynamoDB Local makes one for each transaction, and with it all that reads and writes JSON. */
  private final TransactWriteItemsFunction transactions;

  /**
   * Opens the database.
   *
   * @param folder keeps the data; empty to keep it in memory
   */
  TableRequests(Optional<Path> folder) throws Exception {
    super(0, true, null, true, false); // what it would open itself it opens when asked, and is not
    KnownSchemas.remember();
    this.tables =
        new KnownTables(
            folder
                .map(path -> new File(generateDbFileRelativePath(path.toString(), FILE)))
                .orElse(null));
    this.database = new LocalDBClient(tables, noJobs());
    this.client = database.dynamoDbClient();
    this.transactions = transactions(tables);
  }

  private static TransactWriteItemsFunction transactions(KnownTables tables) {
    DbEnv environment = new LocalDBEnv();
    DocumentFactory documents = new LocalDocumentFactory();
    AWSExceptionFactory errors = new AWSExceptionFactory();
    return new TransactWriteItemsFunction(
        tables,
        new LocalDBInputConverter(environment, errors, documents, LARGEST_EXPRESSION),
        new LocalDBOutputConverter(),
        errors,
        environment,
        documents);
  }

  @Override
  public CreateTableResponse createTable(String key, String region, CreateTableRequest request) {
    return tables.visit(() -> client.createTable(request));
  }

  @Override
  public DescribeTableResponse describeTable(
      String key, String region, DescribeTableRequest request) {
    return tables.visit(() -> client.describeTable(request));
  }

  @Override
  public GetItemResponse getItem(String key, String region, GetItemRequest request) {
    return tables.visit(() -> client.getItem(request));
  }

  @Override
  public PutItemResponse putItem(String key, String region, PutItemRequest request) {
    return tables.visit(() -> client.putItem(request));
  }

  @Override
  public UpdateItemResponse updateItem(String key, String region, UpdateItemRequest request) {
    return tables.visit(() -> client.updateItem(request));
  }

  @Override
  public DeleteItemResponse deleteItem(String key, String region, DeleteItemRequest request) {
    return tables.visit(() -> client.deleteItem(request));
  }

  @Override
  public QueryResponse query(String key, String region, QueryRequest request) {
    return tables.visit(() -> client.query(request));
  }

  @Override
  public ScanResponse scan(String key, String region, ScanRequest request) {
    return tables.visit(() -> client.scan(request));
  }

  @Override
  public BatchGetItemResponse batchGetItem(String key, String region, BatchGetItemRequest request) {
    return tables.visit(() -> client.batchGetItem(request));
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(
      String key, String region, BatchWriteItemRequest request) {
    return tables.visit(() -> client.batchWriteItem(request));
  }

  @Override
  public TransactGetItemsResponse transactGetItems(
      String key, String region, TransactGetItemsRequest request) {
    return tables.visit(() -> client.transactGetItems(request));
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(
      String key, String region, TransactWriteItemsRequest request) {
    return tables.visit(() -> transactions.apply(request));
  }

  @Override
  public void shutdown() {
    database.shutdown();
  }

  /**
   * What DynamoDB Local does by the way: it makes indexes of tables that are changed, deletes what
   * has expired, and ends shards of streams. The stack has none of these, and nobody else than
   * {@link KnownTables#visit} may use the database.
   */
  private static JobsRegister noJobs() {
    ExecutorService never =
        new ThreadPoolExecutor(
            0,
            1,
            0,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadPoolExecutor.DiscardPolicy());
    never.shutdown();
    return new JobsRegister(never, false);
  }

  /** The thread of a database, which does at once what it would have to queue for itself. */
  private static final class DatabaseThread extends SQLiteQueue {
    DatabaseThread(File file) {
      super(file);
    }

    @Override
    public <T, J extends SQLiteJob<T>> J execute(J job) {
      if (!isDatabaseThread()) {
        return super.execute(job);
      }
      try {
        executeJob(job);
      } catch (Throwable failed) {
        throw new IllegalStateException(failed);
      }
      return job;
    }
  }

  /** Work for the thread of a database, and what comes of it. */
  private static final class Visit<T> extends SQLiteJob<Void> {
    private final Supplier<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Visit(Supplier<T> work) {
      this.work = work;
    }

    @Override
    protected Void job(SQLiteConnection connection) {
      try {
        answer.complete(work.get());
      } catch (RuntimeException | Error failed) {
        answer.completeExceptionally(failed);
      }
      return null;
    }

    @Override
    protected void jobCancelled() {
      answer.completeExceptionally(new IllegalStateException("The database is closed."));
    }

    /** Waits for what the work returns, or throws what it throws. */
    T answer() {
      try {
        return answer.join();
      } catch (CompletionException failed) {
        throw failed.getCause() instanceof RuntimeException refused ? refused : failed;
      }
    }
  }

  /** The database, with the descriptions of its tables as they were last read. */
  private static final class KnownTables extends SQLiteDBAccess {
    private final Map<String, TableInfo> known = new ConcurrentHashMap<>();

    /**
     * Opens the database.
     *
     * @param file null to keep it in memory
     */
    KnownTables(File file) throws InterruptedException {
      super(file);
      queue.stop(true).join();
      queue = new DatabaseThread(file).start();
      if (file == null) {
        // What was in memory ended with the first thread.
        makeOwnTables();
      } else {
        visit(() -> execute(ON_DISK));
      }
    }

    /** There is no other way to what DynamoDB Local does when it opens a database. */
    private void makeOwnTables() {
      try {
        Method make = SQLiteDBAccess.class.getDeclaredMethod("initializeMetadataTables");
        make.setAccessible(true);
        make.invoke(this);
      } catch (ReflectiveOperationException another) {
        throw new IllegalStateException("DynamoDB Local opens databases in another way.", another);
      }
    }

    private Void execute(List<String> statements) {
      return queue
          .execute(
              new SQLiteJob<Void>() {
                @Override
                protected Void job(SQLiteConnection connection) throws SQLiteException {
                  for (String statement : statements) {
                    connection.exec(statement);
                  }
                  return null;
                }
              })
          .complete();
    }

    /**
     * Does something on the thread of the database, after all that was asked for before; waits for
     * it, and returns what it returns or throws what it throws.
     */
    <T> T visit(Supplier<T> work) {
      return queue.execute(new Visit<>(work)).answer();
    }

    /** Waits until the file is closed, so that it can be opened again. */
    @Override
    public void close() {
      super.close();
      try {
        queue.join();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public TableInfo getTableInfo(String name) {
      TableInfo table = known.get(name);
      if (table == null) {
        table = super.getTableInfo(name);
        if (table != null && KnownSchemas.areMade(table.getGSIDescriptions())) {
          known.put(name, table);
        }
      }
      return table;
    }
  }
}

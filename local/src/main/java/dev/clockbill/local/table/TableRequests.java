package dev.clockbill.local.table;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.amazonaws.services.dynamodbv2.datamodel.DocumentFactory;
import com.amazonaws.services.dynamodbv2.dbenv.DbEnv;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
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
 */
final class TableRequests extends LocalDynamoDBRequestHandler {
  /** What DynamoDB Local calls the file of a database that all callers share. */
  private static final String FILE = "shared-local-instance";

  private static final int THREADS = 10;

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
    KnownTables tables =
        folder
            .map(path -> new File(generateDbFileRelativePath(path.toString(), FILE)))
            .map(KnownTables::new)
            .orElseGet(KnownTables::new);
    this.database =
        new LocalDBClient(tables, new JobsRegister(Executors.newFixedThreadPool(THREADS), false));
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
    return client.createTable(request);
  }

  @Override
  public DescribeTableResponse describeTable(
      String key, String region, DescribeTableRequest request) {
    return client.describeTable(request);
  }

  @Override
  public GetItemResponse getItem(String key, String region, GetItemRequest request) {
    return client.getItem(request);
  }

  @Override
  public PutItemResponse putItem(String key, String region, PutItemRequest request) {
    return client.putItem(request);
  }

  @Override
  public UpdateItemResponse updateItem(String key, String region, UpdateItemRequest request) {
    return client.updateItem(request);
  }

  @Override
  public DeleteItemResponse deleteItem(String key, String region, DeleteItemRequest request) {
    return client.deleteItem(request);
  }

  @Override
  public QueryResponse query(String key, String region, QueryRequest request) {
    return client.query(request);
  }

  @Override
  public ScanResponse scan(String key, String region, ScanRequest request) {
    return client.scan(request);
  }

  @Override
  public BatchGetItemResponse batchGetItem(String key, String region, BatchGetItemRequest request) {
    return client.batchGetItem(request);
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(
      String key, String region, BatchWriteItemRequest request) {
    return client.batchWriteItem(request);
  }

  @Override
  public TransactGetItemsResponse transactGetItems(
      String key, String region, TransactGetItemsRequest request) {
    return client.transactGetItems(request);
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(
      String key, String region, TransactWriteItemsRequest request) {
    return transactions.apply(request);
  }

  @Override
  public void shutdown() {
    database.shutdown();
  }

  /** The database, with the descriptions of its tables as they were last read. */
  private static final class KnownTables extends SQLiteDBAccess {
    private final Map<String, TableInfo> known = new ConcurrentHashMap<>();

    KnownTables() {}

    KnownTables(File file) {
      super(file);
      execute(ON_DISK);
    }

    /** Executes statements; when it returns, all that was queued before has been done too. */
    private void execute(List<String> statements) {
      queue
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
     * Waits until it is committed: DynamoDB Local queues that and answers at once, so that a kill
     * would lose what was promised.
     */
    @Override
    public void commitTransaction(String id, byte[] signature) {
      super.commitTransaction(id, signature);
      execute(List.of());
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

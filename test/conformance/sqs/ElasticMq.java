import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** Starts ElasticMQ on a free port, prints the port, and ends with whoever started it. */
public class ElasticMq {
  public static void main(String[] args) throws Exception {
    var server = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).withAWSRegion("us-east-1").start();
    System.out.println(server.waitUntilStarted().localAddress().getPort());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }
}

import { TestDaemon } from '../../kit/test-daemon.ts';
import { sqsConformance } from './sqs-conformance.ts';

sqsConformance('the embedded service', () => TestDaemon.start());

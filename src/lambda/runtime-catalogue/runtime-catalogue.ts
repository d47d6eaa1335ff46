/** The runtimes of AWS Lambda as data: which there are, and until when. */
import type { RuntimeId } from '../function/function-version.ts';

export interface RuntimeEntry {
  readonly id: RuntimeId;
  readonly family: 'nodejs' | 'python' | 'java' | 'dotnet' | 'ruby' | 'go' | 'provided';
  /** AWS's base image, `public.ecr.aws/lambda/<image>`. */
  readonly image: string;
  readonly operatingSystem: 'AL1' | 'AL2' | 'AL2023';
  /** Days (`YYYY-MM-DD`) from which AWS supports it no more, and creates and updates no functions with it. */
  readonly deprecated?: string;
  readonly createBlocked?: string;
  readonly updateBlocked?: string;
  /** AWS refuses functions with it altogether. */
  readonly withdrawn?: true;
}

/** @see AWS Lambda Developer Guide, "Lambda runtimes", supported and deprecated runtimes */
export const runtimeCatalogue: readonly RuntimeEntry[] = [
  runtime('nodejs26.x', 'nodejs', 'nodejs:26', 'AL2023'),
  runtime('nodejs24.x', 'nodejs', 'nodejs:24', 'AL2023', '2028-04-30', '2028-06-01', '2028-07-01'),
  runtime('nodejs22.x', 'nodejs', 'nodejs:22', 'AL2023', '2027-04-30', '2027-06-01', '2027-07-01'),
  runtime('nodejs20.x', 'nodejs', 'nodejs:20', 'AL2023', '2026-04-30'),
  runtime('nodejs18.x', 'nodejs', 'nodejs:18', 'AL2', '2025-09-01'),
  runtime('nodejs16.x', 'nodejs', 'nodejs:16', 'AL2', '2024-06-12'),
  runtime('python3.15', 'python', 'python:3.15', 'AL2023'),
  runtime('python3.14', 'python', 'python:3.14', 'AL2023', '2029-06-30', '2029-07-31', '2029-08-31'),
  runtime('python3.13', 'python', 'python:3.13', 'AL2023', '2029-06-30', '2029-07-31', '2029-08-31'),
  runtime('python3.12', 'python', 'python:3.12', 'AL2023', '2028-10-31', undefined, '2029-01-10'),
  runtime('python3.11', 'python', 'python:3.11', 'AL2', '2026-06-30'),
  runtime('python3.10', 'python', 'python:3.10', 'AL2', '2026-06-30'),
  runtime('python3.9', 'python', 'python:3.9', 'AL2', '2025-12-15'),
  runtime('python3.8', 'python', 'python:3.8', 'AL2', '2024-10-14'),
  runtime('java25', 'java', 'java:25', 'AL2023', '2029-06-30', undefined, '2029-08-31'),
  runtime('java21', 'java', 'java:21', 'AL2023', '2029-06-30', undefined, '2029-08-31'),
  runtime('java17.al2023', 'java', 'java:17.al2023', 'AL2023'),
  runtime('java17', 'java', 'java:17', 'AL2', '2026-06-30'),
  runtime('java11.al2023', 'java', 'java:11.al2023', 'AL2023'),
  runtime('java11', 'java', 'java:11', 'AL2', '2026-06-30'),
  runtime('java8.al2023', 'java', 'java:8.al2023', 'AL2023'),
  runtime('java8.al2', 'java', 'java:8.al2', 'AL2', '2026-06-30'),
  runtime('dotnet10', 'dotnet', 'dotnet:10', 'AL2023', '2028-11-14', undefined, '2029-01-15'),
  runtime('dotnet8', 'dotnet', 'dotnet:8', 'AL2023', '2026-11-10'),
  runtime('dotnet6', 'dotnet', 'dotnet:6', 'AL2', '2024-12-20'),
  runtime('ruby4.0', 'ruby', 'ruby:4.0', 'AL2023'),
  runtime('ruby3.4', 'ruby', 'ruby:3.4', 'AL2023', '2028-03-31'),
  runtime('ruby3.3', 'ruby', 'ruby:3.3', 'AL2023', '2027-03-31'),
  runtime('ruby3.2', 'ruby', 'ruby:3.2', 'AL2', '2026-03-31'),
  runtime('provided.al2023', 'provided', 'provided:al2023', 'AL2023', '2029-06-30'),
  runtime('provided.al2', 'provided', 'provided:al2', 'AL2', '2026-07-31'),
  withdrawn('nodejs14.x', 'nodejs', 'nodejs:14', 'AL2', '2023-12-04', '2024-01-09', '2024-02-08'),
  withdrawn('nodejs12.x', 'nodejs', 'nodejs:12', 'AL2', '2023-03-31', '2023-03-31', '2023-04-30'),
  withdrawn('python3.7', 'python', 'python:3.7', 'AL1', '2023-12-04', '2024-01-09', '2024-02-08'),
  withdrawn('java8', 'java', 'java:8', 'AL1', '2024-01-08', '2024-02-08', '2024-03-12'),
  withdrawn('go1.x', 'go', 'go:1', 'AL1', '2024-01-08', '2024-02-08', '2024-03-12'),
  withdrawn('provided', 'provided', 'provided:alami', 'AL1', '2024-01-08', '2024-02-08', '2024-03-12'),
  withdrawn('dotnetcore3.1', 'dotnet', 'dotnet:core3.1', 'AL2', '2023-04-03', undefined, '2023-05-03'),
  withdrawn('ruby2.7', 'ruby', 'ruby:2.7', 'AL2', '2023-12-07', '2024-01-09', '2024-02-08'),
];

export const findRuntime = (id: string): RuntimeEntry | undefined => runtimeCatalogue.find((entry) => entry.id === id);

function runtime(
  id: string,
  family: RuntimeEntry['family'],
  image: string,
  operatingSystem: RuntimeEntry['operatingSystem'],
  deprecated?: string,
  createBlocked?: string,
  updateBlocked?: string,
): RuntimeEntry {
  return {
    id: id as RuntimeId,
    family,
    image,
    operatingSystem,
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(createBlocked === undefined ? {} : { createBlocked }),
    ...(updateBlocked === undefined ? {} : { updateBlocked }),
  };
}

function withdrawn(...columns: Parameters<typeof runtime>): RuntimeEntry {
  return { ...runtime(...columns), withdrawn: true };
}

/** The headers of an object that belong to its content: a reader gets them back as they were given. */
import type { IncomingHttpHeaders } from 'node:http';
import { contentEncodingOf } from '../request/aws-chunked.ts';

export interface ContentHeaders {
  readonly CacheControl?: string;
  readonly ContentDisposition?: string;
  readonly ContentEncoding?: string;
  readonly ContentLanguage?: string;
  readonly ContentType: string;
  readonly Expires?: Date;
  readonly WebsiteRedirectLocation?: string;
}

const defaultType = 'binary/octet-stream';

export interface GivenHeaders {
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
}

/** Coming in chunks is no property of the content. */
export function contentHeaders(input: GivenHeaders, headers: IncomingHttpHeaders): ContentHeaders {
  const { CacheControl, ContentDisposition, ContentLanguage, ContentType, Expires, WebsiteRedirectLocation } = input;
  const ContentEncoding = contentEncodingOf(headers);
  return {
    ...(CacheControl === undefined ? {} : { CacheControl }),
    ...(ContentDisposition === undefined ? {} : { ContentDisposition }),
    ...(ContentEncoding === undefined ? {} : { ContentEncoding }),
    ...(ContentLanguage === undefined ? {} : { ContentLanguage }),
    ContentType: ContentType ?? defaultType,
    ...(Expires === undefined ? {} : { Expires }),
    ...(WebsiteRedirectLocation === undefined ? {} : { WebsiteRedirectLocation }),
  };
}

// A function in Go as its users write it: a bootstrap for the provided runtimes.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type order struct {
	Item  string `json:"item"`
	Count int    `json:"count"`
}

type receipt struct {
	RequestID string `json:"requestId"`
	Function  string `json:"function"`
	Text      string `json:"text"`
}

func handle(ctx context.Context, o order) (receipt, error) {
	if o.Count < 1 {
		return receipt{}, errors.New("an order needs a count")
	}
	call, _ := lambdacontext.FromContext(ctx)
	fmt.Fprintln(os.Stdout, "ordering", o.Item)
	return receipt{
		RequestID: call.AwsRequestID,
		Function:  lambdacontext.FunctionName,
		Text:      fmt.Sprintf("%d x %s", o.Count, o.Item),
	}, nil
}

func main() {
	lambda.Start(handle)
}

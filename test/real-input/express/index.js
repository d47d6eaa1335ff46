/** An Express application as its users write it; handler `index.handler`. */
'use strict';

const serverlessExpress = require('@codegenie/serverless-express');
const express = require('express');

const app = express();
app.use(express.json());

app.get('/', (_request, response) => {
  response.send('<h1>Shop</h1>');
});

app.get('/products/:id', (request, response) => {
  response.set('Cache-Control', 'max-age=60').json({ id: request.params.id, query: request.query });
});

app.post('/orders', (request, response) => {
  response.cookie('order', '1', { httpOnly: true }).cookie('seen', 'yes').status(201).json({ ordered: request.body });
});

app.get('/pixel.png', (_request, response) => {
  response.type('png').send(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0x00]));
});

app.get('/broken', () => {
  throw new Error('broken on purpose');
});

exports.handler = serverlessExpress({ app });

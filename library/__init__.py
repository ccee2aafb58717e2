"""What can you read; what are the names of triggers, causes, coping strategies, life skills, goal templates?"""
